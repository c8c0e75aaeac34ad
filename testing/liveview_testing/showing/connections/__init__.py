"""The way of a frame from a WebSocket into the world and back.

Owns the serializer (`serializer`), the world that is served (`served`), the connections (`connection`, `joining`,
`connections`), what reached them (`journal`), how time passes (`real_time`) and the client that is sent (`client_files`).

Law: a frame is one act of the world.

Read `serializer`, `served`, `connection`, `joining`, `journal`, `connections`, `real_time`, `client_files`.
"""
