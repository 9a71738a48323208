using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>What has become of lanes of the sender: batches that follow name lanes by these numbers.</summary>
/// <param name="Lanes">The lanes that are new or have changed.</param>
internal sealed record LaneNotice(IReadOnlyList<LaneNews> Lanes) : Notice;

/// <summary>What has become of one lane of the sender.</summary>
/// <param name="Lane">Its number at the sender.</param>
/// <param name="Name">The name of its input.</param>
/// <param name="Status">What it is now.</param>
/// <param name="Label">What its input is called when people are told of it.</param>
/// <param name="Begins">Whether it begins, or begins anew with another input: what it promised before counts no more.</param>
internal readonly record struct LaneNews(int Lane, string Name, string Label, LaneStatus Status, bool Begins);
