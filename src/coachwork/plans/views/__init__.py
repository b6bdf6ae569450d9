"""Pages of goals and plans: fetch, fill in a form, one action, render."""
