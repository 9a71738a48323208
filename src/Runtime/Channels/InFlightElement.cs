using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>An element that a barrier overtook.</summary>
/// <param name="Channel">The channel that it was in: of the gate, or of the sender.</param>
/// <param name="Element">A batch, a watermark, an idle mark, or what the sender told of its lanes.</param>
internal readonly record struct InFlightElement<T>(int Channel, StreamElement<T> Element)
{
    /// <summary>A copy of an element; null if a checkpoint has no use for it.</summary>
    public static InFlightElement<T>? Of(int channel, in StreamElement<T> element) => element.Kind switch
    {
        ElementKind.Batch => new(channel, StreamElement<T>.Of(BatchCopy.Of(element.Batch!), element.Bytes)),
        ElementKind.Watermark or ElementKind.Idle or ElementKind.Active or ElementKind.Notice => new(channel, element),
        _ => null,
    };
}
