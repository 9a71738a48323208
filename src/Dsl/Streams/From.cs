using Weir.Graph;

namespace Weir;

public sealed partial class Job
{
    /// <summary>Starts a stream at a source.</summary>
    /// <typeparam name="T">The records that the source delivers.</typeparam>
    /// <param name="source">What to read.</param>
    /// <returns>The records of the source.</returns>
    public Stream<T> From<T>(ISource<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Then<T>(new FromStage<T>(source));
    }
}
