"""The client's connection: what is pushed, what is waited for, what is heard.

Owns the way of an event into a frame (`pushing`), the refs of elements that wait for an answer (`flight`), the reading of messages
(`messages`), addresses and history. Law: a message is applied whole, in the client's order, or waits whole.

Read `addresses`, `history`, `flight`, `pushing`, `messages`.
"""

FACE = ("addresses", "flight", "history", "messages", "pushing")
