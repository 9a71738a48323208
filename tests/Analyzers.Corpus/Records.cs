// What the files of this folder share. They are compiled by AnalyzersCorpusTests, each line that must be reported carries the rule's id.
using Weir;

namespace Corpus;

public sealed record Trade(
    string Symbol,
    string Text,
    int Id,
    long Quantity,
    double Price,
    decimal Fee,
    DateTime Time,
    Guid Key,
    HashSet<string> Tags,
    Dictionary<string, int> Counts,
    List<int> Lots);

public sealed record Line(string Symbol, double Value);
