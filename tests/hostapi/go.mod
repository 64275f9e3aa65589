module hostapi

go 1.26

require polkago.dev/sdk v0.1.0

replace polkago.dev/sdk => ../../go/sdk
