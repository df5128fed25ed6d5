"""Whether a quotation stands in the stories, as given or altered, and whose it is."""
