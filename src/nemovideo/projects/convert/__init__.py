"""Photos, clips and audio → one video: what can be asked, the plan of it, and its run."""
