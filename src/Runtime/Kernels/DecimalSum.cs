namespace Weir.Runtime.Kernels;

/// <summary>Adds decimals for generated accumulators: a sum that leaves its range fails when it is asked for, not when it does.</summary>
public static class DecimalSum
{
    /// <summary>Adds to a sum; returns false, and leaves the sum as it is, if it would leave its range.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="addend">What is added.</param>
    public static bool TryAdd(ref decimal sum, decimal addend)
    {
        try
        {
            sum += addend;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    /// <summary>The failure of a sum that left its range, as the addition throws it.</summary>
    public static OverflowException Overflow()
    {
        try
        {
            var least = decimal.MaxValue;
            _ = least + least;
        }
        catch (OverflowException failure)
        {
            return failure;
        }

        return new OverflowException();
    }
}
