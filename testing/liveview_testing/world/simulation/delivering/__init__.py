"""Messages on their way: handed to processes and browsers, and what they lead to.

Owns `Run`, an open world that delivers, and its two others: one whose messages wait to be chosen, one that records. Laws: first in,
first out; everything due at this instant happens before an action ends; recording, and waiting to the end, change nothing else.

Read `received` (frames as messages), `effects` (what callbacks ask for), `delivery`; then `in_flight` (messages that wait) and
`message_recording` (each message with its pages).
"""
