namespace Weir;

/// <summary>How the runtime gets at the type of a source's splits without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TResult">What a visit answers.</typeparam>
public interface ISourceVisitor<T, out TResult>
{
    /// <summary>The source, with its types.</summary>
    TResult Visit<TSplit>(Source<T, TSplit> source);
}
