using Weir.Graph;

namespace Weir.Runtime.Kernels;

/// <summary>
/// Builds the kernel that runs several consecutive stages in one loop. The generator derives one for each span that it compiles.
/// </summary>
/// <param name="length">The number of stages, counted back from the one it is attached to.</param>
public abstract class SpanFactory(int length) : CompiledSpan(length)
{
    /// <summary>Makes the kernel of one subtask.</summary>
    /// <param name="context">The stages, what follows them, and where stateful operators are put on record.</param>
    /// <returns>A <see cref="Streams.Receiver{T}"/> of the records that come in.</returns>
    public abstract object Build(SpanContext context);
}
