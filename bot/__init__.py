"""Questions in, messages out: answering, rendering, the terminal and Discord, on top of `index`."""
