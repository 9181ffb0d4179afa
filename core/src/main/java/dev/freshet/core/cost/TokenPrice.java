package dev.freshet.core.cost;

import java.io.Serializable;

/**
 * What tokens cost.
 *
 * @param perMillion tokens; 0 where they cost nothing, or nobody says
 * @param currency such as {@code USD}
 */
public record TokenPrice(double perMillion, String currency) implements Serializable {
    private static final double MILLION = 1e6;

    public static final TokenPrice NONE = new TokenPrice(0, "USD");

    public double of(long tokens) {
        return tokens * perMillion / MILLION;
    }

    public boolean isKnown() {
        return perMillion > 0;
    }
}
