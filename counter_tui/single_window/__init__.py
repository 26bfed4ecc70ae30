"""The post's server: joins the agencies' systems and the counters. An optional extra, `[hub]`."""
