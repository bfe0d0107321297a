"""An invented edition, so that everything an expo can do is seen: 35 days, 700 occasions, on the
real venues. `drawing` makes it up, `writing` stores it, `moving` moves it when it has passed."""
