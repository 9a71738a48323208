namespace Weir.Runtime.Streams;

/// <summary>
/// An operator that may have more to put out for one input than channels take at once: it keeps its place and goes on when there is room.
/// </summary>
/// <remarks>
/// <para>Before each record that it makes it asks <see cref="Flow.MayMake"/>; told no, it returns with its place kept and is held. The
/// subtask takes nothing in and cuts no barrier while anything is held, so that held output is never part of a checkpoint. What comes in at
/// a held operator (the watermark behind the batch, an idle mark) waits there, in order, behind its held output.</para>
/// <para>Put on record by <see cref="Kernels.SpanContext.Resumed"/> when it is built. If it is <see cref="IDisposable"/> too it is disposed
/// with its subtask, held or not.</para>
/// </remarks>
public interface IResumable
{
    /// <summary>Gets a value indicating whether it has kept its place in the middle of something.</summary>
    bool IsHeld { get; }

    /// <summary>
    /// Goes on where it was, until it is done or is told that there is no room. Called only when it is held and nothing behind it is.
    /// </summary>
    void Resume();
}
