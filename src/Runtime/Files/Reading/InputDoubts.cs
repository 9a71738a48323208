namespace Weir.Runtime.Files.Reading;

/// <summary>What is doubtful about the files of a source. A source warns once, however many files it has.</summary>
internal sealed class InputDoubts
{
    private string? _first;
    private int _more;

    /// <summary>Gets the first doubt and how many files there are more; null if there is none.</summary>
    public string? Text => _first is null ? null : _more == 0 ? _first : $"{_first} (and so on in {_more} more files)";

    /// <summary>Adds a doubt about a file.</summary>
    public void Add(string path, string doubt)
    {
        if (_first is null)
        {
            _first = $"in '{SourceErrors.Shown(path)}' {doubt}";
        }
        else
        {
            _more++;
        }
    }
}
