"""Forms: which controls they have, what a user can fill in, what a browser sends.

Owns a form's controls and their values as they are on the page with what was typed over it. Law: what a user cannot fill in is
refused with the reason; what is sent is what a browser's `FormData` has.

Read `numbers` (in attributes), `form_data` (the rules, for every reader of a form), `forms`, `values`, `number_text`, `filling`,
`properties`, `constraints`, `url_syntax`.
"""

FACE = ("constraints", "filling", "form_data", "forms", "number_text", "numbers", "properties", "url_syntax", "values")
