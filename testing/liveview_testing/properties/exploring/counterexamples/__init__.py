"""What an exploration tells: the order that breaks it, why it does, and the test to paste.

Owns choices in words (`describing`), which two things race (`races`), the report (`reports`) and the test that is written of it
(`printing`, with what was asked as it is written: `asking`); what makes two failures the same (`signatures`); which acts it takes
(`fewer_acts`) and how few surprises (`searching_again`); the schedule to look at (`branches`). Law: nothing is told
that was not followed again from the beginning.

Read `describing`, `races`, `signatures`, `reports`, `asking`, `printing`, `searching_again`, `fewer_acts`, `branches`.
"""
