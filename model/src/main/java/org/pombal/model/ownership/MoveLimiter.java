package org.pombal.model.ownership;

/**
 * How many users of one backend are handed over at once: the setting {@code cluster_max_parallel_moves}. Bounds the kicks and the
 * writes that a large move causes.
 */
public final class MoveLimiter {

    private final int most;
    private int underWay;

    /** @param most at least 1 */
    public MoveLimiter(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("cluster_max_parallel_moves is at least 1, not " + most);
        }
        this.most = most;
    }

    /** Whether one more may begin; then {@link #end} must follow. */
    public boolean begin() {
        if (underWay >= most) {
            return false;
        }
        underWay++;
        return true;
    }

    public void end() {
        if (underWay == 0) {
            throw new IllegalStateException("more moves have ended than begun");
        }
        underWay--;
    }

    public int underWay() {
        return underWay;
    }
}
