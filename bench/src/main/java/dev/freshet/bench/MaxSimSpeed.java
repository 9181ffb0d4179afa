package dev.freshet.bench;

import dev.freshet.core.lateinteraction.MaxSim;
import dev.freshet.core.lateinteraction.QueryTokens;
import dev.freshet.core.lateinteraction.TokenQuantizer;
import dev.freshet.core.lateinteraction.TokenStatistics;
import dev.freshet.core.lateinteraction.TokenVectorForm;
import dev.freshet.core.lateinteraction.TokenVectors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Time to score 50 chunks of 128 tokens against a query of 32, of 384 dimensions, read from their bytes; one core. Beside it
 * the same without the Vector API, and over floats.
 */
@State(Scope.Benchmark)
// Where other work shares the machine, the median still is of runs that nothing interrupted.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaxSimSpeed {
    private static final int DIMENSION = 384;
    private static final int QUERY_TOKENS = 32;
    private static final int CHUNKS = 50;
    private static final int CHUNK_TOKENS = 128;

    /** What is kept of the chunks. */
    @Param({"BITS", "PAIRS"})
    public TokenVectorForm form = TokenVectorForm.BITS;

    private final Random random = new Random(1);
    private final MaxSim maxSim = MaxSim.fastest();
    private float[] query = new float[0];
    private TokenStatistics statistics = TokenStatistics.of(new float[1], new float[1]);
    private List<float[]> floats = List.of();
    private List<byte[]> kept = List.of();

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = MaxSimSpeed.class.getSimpleName();
        new Runner(new CommandLineOptions(all)).run();
    }

    @Setup
    public void make() {
        float[] spread = new float[DIMENSION];
        Arrays.fill(spread, 1);
        statistics = TokenStatistics.of(vectors(1), spread);
        query = vectors(QUERY_TOKENS);
        floats = IntStream.range(0, CHUNKS).mapToObj(i -> vectors(CHUNK_TOKENS)).toList();
        TokenQuantizer quantizer = new TokenQuantizer(statistics, form);
        kept = floats.stream().map(chunk -> quantizer.quantize(chunk).bytes()).toList();
    }

    private float[] vectors(int count) {
        float[] vectors = new float[count * DIMENSION];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        return vectors;
    }

    /** With {@code --add-modules jdk.incubator.vector}. */
    @Benchmark
    @Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
    public double vectorApi() {
        return scoreAll();
    }

    /** Without. */
    @Benchmark
    @Fork(value = 2, jvmArgs = "-Xmx1g")
    public double scalar() {
        return scoreAll();
    }

    private double scoreAll() {
        QueryTokens prepared = QueryTokens.of(query, statistics);
        double sum = 0;
        for (byte[] chunk : kept) {
            sum += maxSim.score(prepared, TokenVectors.of(chunk));
        }
        return sum;
    }

    @Benchmark
    @Fork(value = 1, jvmArgs = "-Xmx1g")
    public double floats() {
        double sum = 0;
        for (float[] chunk : floats) {
            sum += FloatMaxSim.score(query, chunk, DIMENSION);
        }
        return sum;
    }
}
