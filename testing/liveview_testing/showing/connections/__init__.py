"""The way of a frame from a WebSocket into the world and back.

Owns the serializer (`codec`), the world that is served (`served`), the connections (`link`, `joining`, `links`), what reached them
(`journal`), how time passes (`pacing`) and the client that is sent (`client_files`). Law: a frame is one act of the world.

Read `codec`, `served`, `link`, `joining`, `journal`, `links`, `pacing`, `client_files`.
"""
