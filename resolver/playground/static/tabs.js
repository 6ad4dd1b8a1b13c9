// Tabs: arrow keys go from one to the next, as everywhere.

/** Let a list of tabs be walked; `chosen(tab)` is called for the one that is to be shown. */
export function walkTabs(list, chosen) {
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) chosen(tab);
  });
  list.addEventListener("keydown", (event) => {
    const tabs = [...list.querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(event.target.closest('[role="tab"]'));
    const last = tabs.length - 1;
    const places = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last };
    if (at < 0 || !(event.key in places)) return;
    event.preventDefault();
    const tab = tabs[places[event.key]];
    tab.focus();
    chosen(tab);
  });
}

/** Mark one tab of a list as the one that is shown. */
export function markTab(list, chosen) {
  for (const tab of list.querySelectorAll('[role="tab"]')) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
  }
}
