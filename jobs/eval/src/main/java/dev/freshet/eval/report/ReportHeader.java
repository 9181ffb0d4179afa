package dev.freshet.eval.report;

import java.io.Serializable;

/** What was evaluated, for whoever reads the report later. */
public record ReportHeader(String collection, String apiUrl, String tenant, int k, int depth, int concurrency)
        implements Serializable {}
