"""The screens an officer works at; they ask the room and show what it answers."""
