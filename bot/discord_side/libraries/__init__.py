"""From the event loop to the stories: questions and additions go to a worker's thread, where the libraries are."""
