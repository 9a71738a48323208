namespace Weir.Runtime.Streams;

/// <summary>A receiver that counts what it is given, a batch at a time.</summary>
internal interface ICounted
{
    /// <summary>Adds to what counts each record that comes in. Before the first one.</summary>
    void CountBy(RecordCounter counter);
}
