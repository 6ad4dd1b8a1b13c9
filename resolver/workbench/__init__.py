"""What authors of packs work with: comparing versions, suggestions, coverage, scores."""
