"""What `nemo` alone says."""

GREETING = """\
nemo turns photos and clips into a video.

Try:
  nemo convert photos/ --local            a 30-second video, made on this machine
  nemo convert *.jpg --title "Summer"     the same in the NemoVideo cloud
  nemo chat "make it vertical, calm music"
  nemo export --out video.mp4

Next: nemo status shows the timeline, nemo --help every command, nemo doctor what works here.
"""
