"""Work that takes long, done beside the pages: one job at a time in a process of its own, with its progress told live.

orders.py     what a job is told to do, as it is written to the worker
doing.py      does it, on a store, and says what comes of it
worker.py     the worker's process: orders in, lines of JSON out
child.py      the worker as the room sees it: started, told, watched, ended
jobs.py       a job and its log
bench.py      the queue of jobs, and the one thread that hands them to the worker
folders.py    private folders for what was pasted or uploaded
pastes.py     pasted words -> articles; addresses.py: which addresses are taken
hub.py        streams of events: what jobs say, and that the store changed
"""
