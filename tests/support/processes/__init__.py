"""`nemo` as a process: started anew or forked, on a terminal, as an agent's server."""
