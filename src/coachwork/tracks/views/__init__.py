"""Pages of behaviour tracks and of what one writes beside them."""
