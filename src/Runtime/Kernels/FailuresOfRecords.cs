namespace Weir.Runtime.Kernels;

/// <summary>Tells failures that may come of a record alone from those that leaving it out would hide.</summary>
internal static class FailuresOfRecords
{
    /// <summary>Whether nothing in the chain of causes is a cancellation, a lack of memory, or a failure of Weir itself.</summary>
    public static bool Are(Exception failure) => !Causes.Any(failure, static cause =>
        cause is OutOfMemoryException or OperationCanceledException or InvariantException or FencedException or OperatorException);
}
