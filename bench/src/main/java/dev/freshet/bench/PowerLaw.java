package dev.freshet.bench;

import java.util.List;

/** How fast something grows: y = c · x^e, fitted to the logarithms by least squares. */
final class PowerLaw {
    private PowerLaw() {}

    /** The exponent e; 0 for what does not grow, 1 for what grows as x does. */
    static double exponent(List<Integer> x, List<Double> y) {
        double meanX = x.stream().mapToDouble(Math::log).average().orElseThrow();
        double meanY = y.stream().mapToDouble(Math::log).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < x.size(); i++) {
            double distance = Math.log(x.get(i)) - meanX;
            products += distance * (Math.log(y.get(i)) - meanY);
            squares += distance * distance;
        }
        return products / squares;
    }
}
