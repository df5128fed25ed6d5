"""The story the project was made for, as received; it travels with the package so that there is always one to ask."""
