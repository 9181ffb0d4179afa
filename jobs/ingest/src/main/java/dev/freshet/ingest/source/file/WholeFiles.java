package dev.freshet.ingest.source.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * One split for each file. Flink's own enumerator counts its splits, and begins to count again after a restart, so that a
 * new file gets the number of one that is still being read; here, a split is named after its file. The location itself is
 * never hidden: who names it wants it.
 */
final class WholeFiles extends NonSplittingRecursiveEnumerator {
    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] locations, int desired) throws IOException {
        ArrayList<FileSourceSplit> splits = new ArrayList<>();
        for (Path location : locations) {
            FileSystem files = location.getFileSystem();
            FileStatus status = files.getFileStatus(location);
            if (status.isDir()) {
                for (FileStatus contained : files.listStatus(location)) {
                    addSplitsForPath(contained, files, splits);
                }
            } else {
                convertToSourceSplits(status, files, splits);
            }
        }
        return splits;
    }

    @Override
    protected void convertToSourceSplits(FileStatus file, FileSystem files, List<FileSourceSplit> splits) {
        long bytes = file.getLen();
        splits.add(new FileSourceSplit(
                file.getPath().toString(), file.getPath(), 0, bytes, file.getModificationTime(), bytes));
    }
}
