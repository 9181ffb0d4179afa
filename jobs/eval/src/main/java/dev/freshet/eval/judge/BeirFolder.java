package dev.freshet.eval.judge;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.fs.Path;

/**
 * A test collection as BEIR lays it out: {@code queries.jsonl} and {@code qrels/test.tsv}.
 *
 * @param location a folder that every process of the cluster can read
 */
public record BeirFolder(String location) implements Serializable {
    public Path queries() {
        return new Path(location, "queries.jsonl");
    }

    public Path judgements() {
        return new Path(location, "qrels/test.tsv");
    }

    /** The collection's name: that of the folder. */
    public String name() {
        return new Path(location).getName();
    }

    /** Whether both files are there. */
    public boolean exists() throws IOException {
        return queries().getFileSystem().exists(queries())
                && judgements().getFileSystem().exists(judgements());
    }
}
