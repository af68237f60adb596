"""Long trials that are run by hand, not with the suite."""
