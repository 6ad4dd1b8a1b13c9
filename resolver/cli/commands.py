"""The commands, in the order of the help."""

COMMANDS = {
    "tag": "Tag documents: every mention with its entity, place and reason.",
    "explain": "Say why something was tagged, or why not.",
    "replace": "Write the text with canonical names in place of surfaces.",
    "report": "Write an HTML file to look at and to pass on.",
    "lookup": "Show what a name may be.",
    "lint": "Check packs for what goes wrong later.",
    "test": "Run the examples in packs.",
    "diff": "Show what an edit of packs changes in a corpus.",
    "suggest": "Propose names in a corpus for packs.",
    "evaluate": "Score against a gold file.",
    "coverage": "Show what packs miss in a corpus, and what in them never fires.",
    "import": "Make a pack of a table in another format.",
    "export": "Write packs as a table for another tool.",
    "serve": "Edit packs and see at once what they find, in the browser.",
    "packs": "List the loaded packs.",
    "plugins": "List the plugins, and what is wrong with them.",
    "new": "Begin a pack or a plugin.",
    "schema": "Write the JSON Schema of packs, for editors.",
}
