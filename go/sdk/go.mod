module polkago.dev/sdk

go 1.26
