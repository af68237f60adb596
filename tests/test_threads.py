"""Threads in native code end in order, however often Ctrl-C is pressed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to whole consoles")


def run_script(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_process_ends_while_a_thread_is_in_native_code() -> None:
    result = run_script(
        """
        import threading, time
        import cv2
        import numpy as np
        from nemovideo._threads import leave_threads_behind

        picture = np.zeros((400, 400, 3), np.uint8)

        def draw():
            while True:
                cv2.GaussianBlur(picture, (0, 0), 2)

        for number in range(3):
            threading.Thread(target=draw, name=f"nemo-render-{number}", daemon=True).start()
        time.sleep(0.1)
        print("said")
        leave_threads_behind(7)
        """
    )
    assert (result.returncode, result.stdout, result.stderr) == (7, "said\n", "")


def test_a_process_without_such_threads_ends_as_ever() -> None:
    result = run_script(
        """
        import atexit
        from nemovideo._threads import leave_threads_behind

        atexit.register(print, "ended by Python")
        leave_threads_behind(7)
        """
    )
    assert (result.returncode, result.stdout) == (0, "ended by Python\n")


def test_ctrl_c_does_not_break_off_the_wait_for_a_thread() -> None:
    result = run_script(
        """
        import os, signal, threading, time
        from nemovideo._threads import join_through_interrupts

        def work():
            for _ in range(3):
                time.sleep(0.1)
                os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)
            print("worked")

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        print(join_through_interrupts(thread, 30), thread.is_alive())
        """
    )
    assert (result.stdout, result.stderr) == ("worked\nTrue False\n", "")


def test_the_items_in_the_making_are_waited_for_through_ctrl_c() -> None:
    result = run_script(
        """
        import os, signal, threading, time
        from nemovideo.render.film._ahead import ReadAhead

        def items():
            yield 0
            time.sleep(0.4)
            print("made")
            yield 1

        ahead = ReadAhead(items(), 1)
        next(ahead)
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            ahead.close()
        except KeyboardInterrupt:
            print("interrupted")
        """
    )
    assert (result.stdout, result.stderr) == ("made\ninterrupted\n", "")
