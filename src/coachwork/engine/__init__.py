"""Pure numbers: no framework, no clock, no input or output."""
