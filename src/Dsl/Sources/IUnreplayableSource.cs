namespace Weir;

/// <summary>
/// A source that cannot deliver the same records again from an earlier position: a socket, a queue that forgets what was taken. Records
/// that
/// were read since the newest checkpoint are lost with a failure, so that no job which asks for exactly once may read it.
/// </summary>
/// <remarks>A marker for sources that derive from <see cref="Source{T, TSplit}"/>, whose contract is to read again from any
/// offset.</remarks>
public interface IUnreplayableSource;
