"""`archive export`: a snapshot's tables and views as files for other engines and for people.

`relations` says what there is to export and of which types, from the snapshot itself; a module a
format (`delimited`, `jsonlines`, `columnar`, `workbook`) writes rows as they stream by; `package`
and `readme` describe the files beside them; `folder` makes all of it appear at once or not at all;
`export` puts these in order. What is written follows from the snapshot and the options alone, never
from the clock, so that the same snapshot gives the same bytes.
"""
