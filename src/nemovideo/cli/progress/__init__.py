"""How progress is shown while work goes on: a renderer for each kind of terminal and log."""
