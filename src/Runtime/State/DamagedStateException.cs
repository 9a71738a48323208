namespace Weir.Runtime.State;

/// <summary>
/// The state of an operator cannot be read although its checksum is right: the checkpoint is damaged, and the one before it may be tried.
/// </summary>
public sealed class DamagedStateException : Exception
{
    /// <summary>Says what is damaged.</summary>
    /// <param name="id">The operator's id.</param>
    /// <param name="where">Which part of its state.</param>
    /// <param name="cause">What reading it led to.</param>
    public DamagedStateException(string id, string where, Exception cause)
        : base($"The state of operator '{id}' cannot be read, {where}: {cause.Message}", cause) => Operator = id;

    /// <summary>Gets the operator's id.</summary>
    public string Operator { get; }

    /// <summary>
    /// Reads state, and calls whatever goes wrong damage: codecs, constructors and comparers of users meet bytes that nobody wrote.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="id">The operator's id.</param>
    /// <param name="where">Which part of its state, for the message.</param>
    /// <param name="state">What is read.</param>
    /// <param name="read">Reads it.</param>
    internal static void Guard<T>(string id, string where, T state, Action<T> read)
    {
        try
        {
            read(state);
        }
        catch (Exception failure)
            when (failure is not (DamagedStateException or InvariantException or MissingCodecException or IPermanentFailure)
                && !IsTrouble(failure))
        {
            throw new DamagedStateException(id, where, failure);
        }
    }

    /// <summary>
    /// Tells the trouble of a disk or a store, which may be over the next time, from damage: what is read goes into tables whose store may
    /// fail as well. A file that ends too early, or that is not there, is damage.
    /// </summary>
    /// <param name="failure">What was thrown.</param>
    internal static bool IsTrouble(Exception failure) =>
        failure is OutOfMemoryException or OperationCanceledException
        || (failure is IOException and not (EndOfStreamException or FileNotFoundException or DirectoryNotFoundException));
}
