"""What `onrecord bench` measures: figures of one run, each beside a peer or a limit of the same run."""
