"""«Сразу на подпись»: what was agreed beforehand, what of it one may know, what a text makes of it.

`offered` says which agreed variants a side may see, `limits` which values need nobody, `lane`
whether a text about to be sent stays inside, `costs` how long asking usually takes.
"""
